import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Trigger } from './triggers.js';

@ObjectType({ description: 'How the sender of a WEBHOOK trigger is set up.' })
export class WebhookSetUp {
  @Field(() => String, { description: 'Where requests are sent; only its path where the server was not told its PUBLIC_URL.' })
  address!: string;

  @Field(() => [String], { description: 'What to do at the sender, one step each. `URL` stands for the address, code stands between backquotes and what is pressed between **.' })
  steps!: string[];

  @Field(() => String, { description: 'Lines for a POSIX shell with openssl and curl that send a request which is signed as it must be. The address and the secret are the values of the variables URL and SECRET.' })
  command!: string;

  @Field(() => Boolean, { description: 'Nothing is accepted before it is given its secret, by rotateTriggerSecret.' })
  secretMissing!: boolean;
}

@InputType()
export class RotateTriggerSecretInput {
  @Field(() => ID)
  triggerId!: string;

  @Field(() => String, { nullable: true, description: 'What the sender has made; one is made when absent.' })
  secret?: string | null;

  @Field(() => Int, { defaultValue: 24, description: '0 to 168. For so long the secret before is accepted, too. 0 ends it at once.' })
  keepPreviousForHours!: number;
}

@ObjectType()
export class RotateTriggerSecretPayload {
  @Field(() => Trigger)
  trigger!: Trigger;

  @Field(() => String, { nullable: true, description: 'Shown this once; null where it was given.' })
  secret?: string | undefined;
}
