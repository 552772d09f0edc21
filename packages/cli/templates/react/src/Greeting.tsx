import { useContextListener, useWidget } from '@datamesh/widget-sdk/react';
import { useState } from 'react';

export function Greeting() {
  const { settings } = useWidget();
  const [subject, setSubject] = useState<string>();
  useContextListener('fdc3.instrument', ({ name }) => setSubject(name));
  return (
    <p>
      {String(settings.greeting)}, {subject ?? 'nobody yet'}
    </p>
  );
}
