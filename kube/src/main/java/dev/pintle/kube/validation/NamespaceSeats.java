package dev.pintle.kube.validation;

/// The annotation of a PriorityLevelConfiguration that limits how many of its seats the requests to one namespace have at once.
public final class NamespaceSeats {
  public static final String ANNOTATION = "flowcontrol.pintle.dev/namespace-seats-max";

  /// Of a text that is none of its values.
  public static final int BAD = -1;

  private NamespaceSeats() {}

  /// @param value of the annotation; empty for none
  /// @return a number of seats, 0 for no limit
  public static int max(String value) {
    if (value.isEmpty()) {
      return 0;
    }
    try {
      int seats = Integer.parseInt(value);
      return seats > 0 && value.equals(Integer.toString(seats)) ? seats : BAD;
    } catch (NumberFormatException _) {
      return BAD;
    }
  }
}
