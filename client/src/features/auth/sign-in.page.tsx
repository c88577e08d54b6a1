import { Anchor } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import { AuthLayout } from './auth-layout';
import { SignInForm } from './sign-in-form';

export default function SignInPage() {
  const { search } = useLocation();
  return (
    <AuthLayout
      title="Sign in"
      lead="Version prompts, chain them into workflows, watch every run live."
      footer={<>New here? <Anchor component={Link} to={`/sign-up${search}`} inherit>Create an account</Anchor></>}
    >
      <SignInForm />
    </AuthLayout>
  );
}
