package dev.pintle.etcd.watch;

/// The wishes of a watcher that matter when it is answered; the four values there are, shared by all watchers.
enum WatcherOptions {
  PLAIN(false, false),
  PREVIOUS(true, false),
  FRAGMENT(false, true),
  PREVIOUS_FRAGMENT(true, true);

  private final boolean previous;
  private final boolean fragment;

  WatcherOptions(boolean previous, boolean fragment) {
    this.previous = previous;
    this.fragment = fragment;
  }

  static WatcherOptions of(boolean previous, boolean fragment) {
    if (fragment) {
      return previous ? PREVIOUS_FRAGMENT : FRAGMENT;
    }
    return previous ? PREVIOUS : PLAIN;
  }

  /// Events carry the key-value before them.
  boolean previous() {
    return previous;
  }

  /// Large answers are split.
  boolean fragment() {
    return fragment;
  }
}
