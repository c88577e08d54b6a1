import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { formProblem } from '../../api/api-errors';
import { session } from '../../api/session';
import { FormAlert } from '../../ui/form-alert';

/** Signs in; who shows the form sees the session change. */
export function SignInForm({ email = '' }: { email?: string }) {
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email, password: '' },
    validate: {
      email: (value) => (value.trim() ? null : 'Enter the email address that you signed up with.'),
      password: (value) => (value ? null : 'Enter your password.'),
    },
  });
  const submit = form.onSubmit(async (values) => {
    setProblem(null);
    try {
      await session.signIn(values);
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, ['email', 'password']);
      form.setErrors(fieldErrors);
      setProblem(general);
    }
  }, (errors) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus());
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormAlert>{problem}</FormAlert>
        <TextInput label="Email" type="email" autoComplete="username" data-autofocus={!email || undefined} autoFocus={!email} key={form.key('email')} {...form.getInputProps('email')} />
        <PasswordInput label="Password" autoComplete="current-password" data-autofocus={!!email || undefined} autoFocus={!!email} key={form.key('password')} {...form.getInputProps('password')} />
        <Button type="submit" loading={form.submitting} fullWidth mt="xs">Sign in</Button>
      </Stack>
    </form>
  );
}
