/** What is not set is undefined. */
export interface Given {
  greeting?: string;
  subject?: string;
}

export const Greeting = (given: Given) => (
  <p>
    {given.greeting}, {given.subject ?? 'nobody yet'}
  </p>
);
