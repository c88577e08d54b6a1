import { PageHeader } from '../../ui/page-header';

export default function PromptsPage() {
  return <PageHeader title="Prompts" />;
}
