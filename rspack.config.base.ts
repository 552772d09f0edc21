/** What every remote of this repository builds with. A team's own repository has the same from the package. */
export * from '@datamesh/rspack';
