import { Specimen } from './Specimen';
import { ANSWERS, DIALOGS, ROOMS } from './states';

/** Each is a page of its own, as it is when the services answer so. */
export function Rooms() {
  return (
    <section>
      <h2>Rooms and dialogs that ask</h2>
      <div className="gallery-grid">
        {ROOMS.map((path) => (
          <Specimen key={path} of={path}>
            <Links to={{ room: path }} />
          </Specimen>
        ))}
        {DIALOGS.map((dialog) => (
          <Specimen key={dialog} of={`dialog: ${dialog}`}>
            <Links to={{ room: '/preferences', dialog }} />
          </Specimen>
        ))}
      </div>
    </section>
  );
}

function Links({ to }: { to: Readonly<Record<string, string>> }) {
  return (
    <div className="gallery-row">
      {ANSWERS.map((answers) => (
        <a key={answers} href={`?${new URLSearchParams({ ...to, answers })}`}>
          {answers}
        </a>
      ))}
    </div>
  );
}
