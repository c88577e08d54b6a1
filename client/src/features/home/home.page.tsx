import { PageHeader } from '../../ui/page-header';

export default function HomePage() {
  return <PageHeader title="Home" />;
}
