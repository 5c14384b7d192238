package dev.pintle.kernel.state;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.Relation;
import dev.pintle.kernel.command.Command.Target;
import dev.pintle.kernel.index.IndexCursor;
import dev.pintle.kernel.index.KeyVersion;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.state.RangeEvaluation.Fetch;
import java.util.List;

/// The conditions of a transaction, against one moment.
final class Compares {
  private static final KeyVersion ABSENT = new KeyVersion(0, 0, 0, 0, 0);

  private final ReadSnapshot moment;
  private final Fetch records;

  Compares(ReadSnapshot moment, Fetch records) {
    this.moment = moment;
    this.records = records;
  }

  boolean allHold(List<Compare> guards) {
    for (Compare guard : guards) {
      if (!holds(guard)) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(Compare guard) {
    if (guard.range().isPoint()) {
      KeyVersion version = moment.index().find(guard.range().from().array(), moment.revision());
      return version == null ? holdsForAbsent(guard) : holds(guard, version);
    }
    IndexCursor cursor = moment.index().cursor(guard.range(), moment.revision());
    if (!cursor.next()) {
      return holdsForAbsent(guard);
    }
    do {
      if (!holds(guard, cursor.version())) {
        return false;
      }
    } while (cursor.next());
    return true;
  }

  /// An absent key has no value, which nothing can be said of; all its numbers are 0.
  private static boolean holdsForAbsent(Compare guard) {
    return guard.target() != Target.VALUE && holdsForNumber(guard, ABSENT);
  }

  private boolean holds(Compare guard, KeyVersion version) {
    return guard.target() == Target.VALUE
        ? relates(value(version).compareTo(guard.value()), guard.relation())
        : holdsForNumber(guard, version);
  }

  private static boolean holdsForNumber(Compare guard, KeyVersion version) {
    long number =
        switch (guard.target()) {
          case VERSION -> version.version();
          case CREATE -> version.created();
          case MOD -> version.modified();
          case LEASE -> version.lease();
          case VALUE -> throw new IllegalArgumentException("target: VALUE (expected: a number)");
        };
    return relates(Long.compare(number, guard.number()), guard.relation());
  }

  private Bytes value(KeyVersion version) {
    KeyValue record = records.read(version.modified(), version.sub());
    if (record == null) {
      throw new MissingRecord(version.modified(), version.sub());
    }
    return record.value();
  }

  private static boolean relates(int order, Relation relation) {
    return switch (relation) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case GREATER -> order > 0;
      case LESS -> order < 0;
    };
  }
}
