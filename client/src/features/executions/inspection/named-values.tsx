import inspector from '../inspector.module.css';
import { ValueView } from '../value-view';

/** The properties of an object, one below the other. */
export function NamedValues({ values, fileName, nothing }: { values: object; fileName: string; nothing: string }) {
  const entries = Object.entries(values);
  if (entries.length === 0) return <p className={inspector.nothing}>{nothing}</p>;
  return entries.map(([name, value]: [string, unknown]) => (
    <div key={name} className={inspector.pair}>
      <ValueView what={name} fileName={`${fileName} - ${name}`} value={value} mark={<span className={inspector.pairName}>{name}</span>} />
    </div>
  ));
}
