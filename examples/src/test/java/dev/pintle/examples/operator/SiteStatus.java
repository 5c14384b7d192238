package dev.pintle.examples.operator;

/// The findings of the operator.
public final class SiteStatus {
  private long seen;
  private String address = "";

  /// The generation that it looked at.
  public long getSeen() {
    return seen;
  }

  public void setSeen(long seen) {
    this.seen = seen;
  }

  /// Where the site is served.
  public String getAddress() {
    return address;
  }

  public void setAddress(String address) {
    this.address = address;
  }
}
