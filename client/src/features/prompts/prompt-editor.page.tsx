import { PageHeader } from '../../ui/page-header';

export default function PromptPage() {
  return <PageHeader title="Prompt" />;
}
