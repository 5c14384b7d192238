package dev.pintle.kube.store;

/// The failure of a conversion of an object into another version, by what was to convert it; the message is upstream's.
public final class ConversionFailure extends RuntimeException {
  private final boolean unasked;

  private ConversionFailure(String message, boolean unasked) {
    super(message, null, false, false);
    this.unasked = unasked;
  }

  public static ConversionFailure of(String message) {
    return new ConversionFailure(message, false);
  }

  /// One because of which nothing else would be converted, either.
  public static ConversionFailure unasked(String message) {
    return new ConversionFailure(message, true);
  }

  /// Whether whoever was to convert the object could not be asked, or said nothing.
  public boolean isUnasked() {
    return unasked;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
