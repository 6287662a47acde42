//! Facts about AWS: strings in, facts out.
