package dev.pintle.etcd.maintenance;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import java.util.regex.Pattern;

/// The reader of `DowngradeRequest`, with the versions that it may name.
final class DowngradeMessages {
  static final int VALIDATE = 0;
  static final int ENABLE = 1;
  static final int CANCEL = 2;

  private static final Pattern VERSION =
      Pattern.compile("([0-9]{1,9})\\.([0-9]{1,9})(\\.[0-9]{1,9})?");

  private DowngradeMessages() {}

  record Request(int action, String version) {}

  static Request decode(FieldReader in) {
    int action = VALIDATE;
    String version = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> action = in.int32();
        case 2 -> version = in.string();
        default -> in.skip();
      }
    }
    return new Request(action, version);
  }

  /// A store can go back by one minor release.
  static void requireOneBelow(String current, String target) {
    if (!VERSION.matcher(target).matches()) {
      throw new StatusException(EtcdStatus.WRONG_DOWNGRADE_VERSION);
    }
    String[] from = current.split("\\.");
    String[] to = target.split("\\.");
    boolean oneBelow = from[0].equals(to[0]) && minor(from) - 1 == minor(to);
    if (!oneBelow) {
      throw new StatusException(EtcdStatus.INVALID_DOWNGRADE_TARGET);
    }
  }

  /// The version as a cluster's: without the patch release.
  static String full(String target) {
    String[] parts = target.split("\\.", -1);
    return "%d.%d.0".formatted(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  private static long minor(String[] version) {
    return Long.parseLong(version[1]);
  }
}
