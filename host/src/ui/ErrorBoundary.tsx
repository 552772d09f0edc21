import { Component, type ReactNode } from 'react';

interface Props {
  children: ReactNode;
  /** What to show instead; `reset` tries once more. */
  fallback(error: unknown, reset: () => void): ReactNode;
}

/** A defect in one part of the page takes only that part down. */
export class ErrorBoundary extends Component<Props, { error: unknown; failed: boolean }> {
  override state = { error: undefined as unknown, failed: false };

  static getDerivedStateFromError(error: unknown): { error: unknown; failed: boolean } {
    return { error, failed: true };
  }

  override render(): ReactNode {
    const { error, failed } = this.state;
    return failed ? this.props.fallback(error, () => this.setState({ error: undefined, failed: false })) : this.props.children;
  }
}
