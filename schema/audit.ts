import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { DateTimeScalar, JsonScalar } from './scalars.js';

export enum AuditActorType {
  PERSON = 'PERSON',
  API_KEY = 'API_KEY',
  TRIGGER = 'TRIGGER',
  LINK = 'LINK',
  SYSTEM = 'SYSTEM',
}

registerEnumType(AuditActorType, { name: 'AuditActorType', description: 'LINK: whoever held the link to an approval. SYSTEM: the product itself.' });

export enum AuditOutcome {
  DONE = 'DONE',
  REFUSED = 'REFUSED',
  FAILED = 'FAILED',
  UNKNOWN = 'UNKNOWN',
}

registerEnumType(AuditOutcome, {
  name: 'AuditOutcome',
  description: 'REFUSED: the caller was not let. FAILED: it broke off. UNKNOWN: the server stopped while it was being done; look whether it was.',
});

@ObjectType({ description: 'Something that was done, or tried, or a secret that was read. Entries are never changed, and go with their workspace alone.' })
export class AuditEntry {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => AuditActorType)
  actorType!: `${AuditActorType}`;

  @Field(() => ID, { nullable: true })
  actorId!: string | null;

  @Field(() => String, { description: 'As it was then.' })
  actorName!: string;

  @Field(() => String, { description: 'What was done, such as `prompt.label.set` or `secret.read`.' })
  action!: string;

  @Field(() => String, { nullable: true, description: 'The kind of thing that it was done to, such as `prompt`.' })
  subjectType!: string | null;

  @Field(() => ID, { nullable: true })
  subjectId!: string | null;

  @Field(() => String, { nullable: true, description: 'As it was then.' })
  subjectName!: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'What was different before. Long texts are cut, with their hash; nothing secret is in it.' })
  before!: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'What was different afterwards.' })
  after!: unknown;

  @Field(() => AuditOutcome)
  outcome!: `${AuditOutcome}`;

  @Field(() => String, { nullable: true, description: "The error's code, where it was refused or failed." })
  code!: string | null;

  @Field(() => String, { nullable: true, description: 'The network address that it was asked from.' })
  address!: string | null;

  @Field(() => String, { nullable: true })
  userAgent!: string | null;

  @Field(() => String, { nullable: true, description: 'The same for all that one request did; its answer had it as `X-Request-Id`.' })
  requestId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The execution that did it, or that came of it.' })
  executionId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The delivery that launched that execution.' })
  deliveryId!: string | null;
}

export const AuditEntryConnection = connectionOf('AuditEntry', () => AuditEntry);

@InputType({ description: 'All that are given must hold.' })
export class AuditFilterInput {
  @Field(() => AuditActorType, { nullable: true })
  actorType?: `${AuditActorType}` | null;

  @Field(() => ID, { nullable: true })
  actorId?: string | null;

  @Field(() => String, { nullable: true, description: 'An action, or the beginning of one and `*`: `secret.*`.' })
  action?: string | null;

  @Field(() => String, { nullable: true })
  subjectType?: string | null;

  @Field(() => ID, { nullable: true })
  subjectId?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'At this time or later.' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Before this time.' })
  to?: Date | null;

  @Field(() => AuditOutcome, { nullable: true })
  outcome?: `${AuditOutcome}` | null;

  @Field(() => String, { nullable: true, description: 'Text that stands in a name, the action, the address or an id, in upper or lower case.' })
  search?: string | null;
}
