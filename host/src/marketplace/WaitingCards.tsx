/** What stands where cards will. `className`: of such a card. */
export function WaitingCards({ className }: { className: string }) {
  return [0, 1, 2, 3].map((key) => (
    <li key={key} className={`${className} card-waiting shimmer`} aria-hidden="true">
      <span className="shot" />
      <div className="card-text">
        <i />
        <i />
        <i />
      </div>
    </li>
  ));
}
