import { useLaunch } from '../data/launch.ts';
import { useStatus } from '../data/use-status.ts';
import { SignIn } from '../features/sign-in/SignIn.tsx';
import { FatalReplica } from './FatalReplica.tsx';
import { Shell } from './Shell.tsx';

/** What stands between the operator and the desk: a replica that cannot be opened, then signing in. */
export function Gate() {
  const fatal = useLaunch((state) => state.info?.fatal ?? null);
  const status = useStatus();
  if (fatal) return <FatalReplica fatal={fatal} />;
  if (status && status.state === 'signedOut' && !status.operator) return <SignIn />;
  return <Shell />;
}
