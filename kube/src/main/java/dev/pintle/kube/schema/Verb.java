package dev.pintle.kube.schema;

import java.util.Locale;

/// An action on a resource, in the order of their names, as discovery lists them.
public enum Verb {
  CREATE,
  DELETE,
  DELETECOLLECTION,
  GET,
  LIST,
  PATCH,
  UPDATE,
  WATCH;

  private final String text = name().toLowerCase(Locale.ROOT);

  public String text() {
    return text;
  }
}
