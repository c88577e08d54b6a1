import { Anchor } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import { AuthLayout } from './auth-layout';
import { SignUpForm } from './sign-up-form';

export default function SignUpPage() {
  const { search } = useLocation();
  return (
    <AuthLayout
      title="Create your account"
      lead="You get a workspace of your own, with a simulated model that needs no key."
      footer={<>Have an account? <Anchor component={Link} to={`/sign-in${search}`} inherit>Sign in</Anchor></>}
    >
      <SignUpForm />
    </AuthLayout>
  );
}
