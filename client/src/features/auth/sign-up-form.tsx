import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { formProblem } from '../../api/api-errors';
import { session } from '../../api/session';
import { FormAlert } from '../../ui/form-alert';

const shortestPassword = 10;

export function SignUpForm() {
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({
    initialValues: { name: '', email: '', password: '' },
    validate: {
      name: (value) => (value.trim() ? null : 'Enter your name: it stands beside what you make.'),
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : 'Enter an email address, such as ada@example.com.'),
      password: (value) => (value.length >= shortestPassword ? null : `Use at least ${shortestPassword} characters.`),
    },
  });
  const missing = shortestPassword - form.values.password.length;
  const hint = missing > 0 && missing < shortestPassword
    ? `${missing} more ${missing === 1 ? 'character' : 'characters'} to go.`
    : missing <= 0 ? 'Long enough.' : `At least ${shortestPassword} characters. A few words make a good one.`;

  const submit = form.onSubmit(async (values) => {
    setProblem(null);
    try {
      await session.signUp(values);
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, ['name', 'email', 'password']);
      form.setErrors(fieldErrors);
      setProblem(general);
    }
  }, (errors) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus());
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormAlert>{problem}</FormAlert>
        <TextInput label="Name" autoComplete="name" autoFocus maxLength={200} {...form.getInputProps('name')} />
        <TextInput label="Email" type="email" autoComplete="username" {...form.getInputProps('email')} />
        <PasswordInput label="Password" description={hint} inputWrapperOrder={['label', 'input', 'description', 'error']} autoComplete="new-password" {...form.getInputProps('password')} />
        <Button type="submit" loading={form.submitting} fullWidth mt="xs">Create account</Button>
      </Stack>
    </form>
  );
}
