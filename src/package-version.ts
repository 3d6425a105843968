// Put in by the build; compiled alone, as in unit tests, there is no package yet.
declare const PACKAGE_VERSION: string | undefined;

export const packageVersion = typeof PACKAGE_VERSION === 'string' ? PACKAGE_VERSION : '0.0.0';
