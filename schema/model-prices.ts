import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from './scalars.js';

@ObjectType({ description: 'US dollars for a million tokens. What a model thinks with is charged as output.' })
export class TokenPrices {
  @Field(() => Float)
  input!: number;

  @Field(() => Float)
  output!: number;

  @Field(() => Float, { nullable: true, description: 'For input that the provider had read before; null: as other input.' })
  cachedInput?: number | undefined;
}

@ObjectType({ description: 'What calls with a long input cost instead.' })
export class LongPrices extends TokenPrices {
  @Field(() => Int, { description: 'For all tokens of a call whose input has more tokens than this.' })
  above!: number;
}

@ObjectType({ description: 'What a model costs, and who says so.' })
export class ModelPrice {
  @Field(() => String, { description: 'The id of the model, `provider/name`.' })
  model!: string;

  @Field(() => TokenPrices, { nullable: true, description: 'Null where nobody has said what it costs.' })
  prices?: TokenPrices | undefined;

  @Field(() => LongPrices, { nullable: true })
  long?: LongPrices | undefined;

  @Field(() => String, { nullable: true, description: 'Who says so, in words.' })
  source?: string | undefined;

  @Field(() => String, { nullable: true })
  sourceUrl?: string | undefined;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was so.' })
  asOf?: Date | undefined;

  @Field(() => Boolean, { description: 'The workspace has set it; `resetModelPrice` goes back to what the product knows.' })
  custom!: boolean;

  @Field(() => Boolean, { description: 'The workspace has a provider that takes the model.' })
  available!: boolean;
}

@InputType({ description: 'US dollars for a million tokens.' })
export class SetModelPriceInput {
  @Field(() => String, { description: 'The id of the model, `provider/name`.' })
  model!: string;

  @Field(() => Float)
  input!: number;

  @Field(() => Float)
  output!: number;

  @Field(() => Float, { nullable: true, description: 'For input that the provider had read before; left out: as other input.' })
  cachedInput?: number | null;

  @Field(() => String, { nullable: true, description: 'Where it stands, such as a contract.' })
  source?: string | null;
}
