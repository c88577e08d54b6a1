import { Center, Loader, Modal, Text } from '@mantine/core';
import { Navigate, useLocation } from 'react-router';
import { session } from '../../api/session';
import { useSession } from '../../api/use-session';
import { Shell } from '../../shell/shell';
import { ErrorState } from '../../ui/states';
import { SignInForm } from './sign-in-form';

/** Lets the signed-in through; sends others to sign in and then back to where they wanted to go. */
export function RequireSession() {
  const { status, viewer } = useSession();
  const { pathname, search, hash } = useLocation();
  switch (status) {
    case 'starting':
      return <Center h="100dvh"><Loader aria-label="Loading" /></Center>;
    case 'unreachable':
      return (
        <ErrorState
          title="The server can’t be reached"
          message="Check that it is running and that this device is connected, then try again."
          onRetry={() => void session.start()}
        />
      );
    case 'signed-out': {
      const wanted = `${pathname}${search}${hash}`;
      return <Navigate to={wanted === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(wanted)}`} replace />;
    }
    case 'signed-in':
    case 'expired':
      return (
        <>
          <Shell key={viewer.id} />
          <Modal opened={status === 'expired'} onClose={() => undefined} withCloseButton={false} closeOnEscape={false} title="Your session has ended">
            <Text mb="md">Sign in again to go on where you are. Nothing on this page is lost.</Text>
            <SignInForm email={viewer.email} />
          </Modal>
        </>
      );
  }
}
