package dev.pintle.etcd.queuing;

/// The mixing of what a flow is told apart by into a hash of which all bits count.
final class FlowMix {
  private FlowMix() {}

  static long of(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = with(hash, text.charAt(i));
    }
    return hash;
  }

  /// The finishing of MurmurHash3, in which each bit of what goes in changes half of those that come out.
  static long with(long hash, long part) {
    long mixed = hash * 31 + part + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
