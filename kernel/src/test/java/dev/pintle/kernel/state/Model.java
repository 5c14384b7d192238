package dev.pintle.kernel.state;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.command.Outcome.Reply;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.kernel.keyspace.RangeRequest.SortOrder;
import dev.pintle.kernel.keyspace.RangeRequest.SortTarget;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.kernel.watch.WatchEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The store as plainly as it can be said: the whole map at every revision, copied each time. It is what the real one must
/// be indistinguishable from.
final class Model {
  /// The map at revision 0 (which is never seen), 1, 2, ...
  final List<TreeMap<Bytes, KeyValue>> states = new ArrayList<>();

  final List<List<WatchEvent>> events = new ArrayList<>();
  final TreeMap<Long, Long> leases = new TreeMap<>();
  long compacted = -1;

  private String downgradeTarget = "";
  private TreeMap<Bytes, KeyValue> draft = new TreeMap<>();
  private List<WatchEvent> draftEvents = new ArrayList<>();

  Model() {
    states.add(new TreeMap<>());
    states.add(new TreeMap<>());
    events.add(List.of());
    events.add(List.of());
  }

  long revision() {
    return states.size() - 1L;
  }

  /// Whether the last command wrote no key.
  boolean wroteNothing() {
    return draftEvents.isEmpty();
  }

  Outcome apply(Command command) {
    draft = new TreeMap<>(states.getLast());
    draftEvents = new ArrayList<>();
    return switch (command) {
      case Command.Put put -> {
        Refused refused = refusal(put);
        yield refused != null ? refused : written(put);
      }
      case Command.DeleteRange delete -> {
        Reply reply = execute(delete);
        yield new Outcome.Deleted(finish(), (Outcome.DeleteReply) reply);
      }
      case Command.Txn txn -> {
        Decided decided = decide(txn);
        Refused refused = refusal(decided);
        yield refused != null ? refused : settled(decided);
      }
      case Command.Compact(long at) -> compact(at);
      case Command.LeaseGrant(long id, long ttl) -> grant(id, ttl);
      case Command.LeaseRevoke(long id) -> revoke(id);
      case Command.LeaseCheckpoint(var noted) ->
          new Outcome.Noted(
              revision(), noted.stream().anyMatch(one -> leases.containsKey(one.leaseId())));
      case Command.SetAlarm _ -> throw new IllegalArgumentException("no alarms here");
      case Command.Downgrade(String target) -> {
        boolean changed = !target.equals(downgradeTarget);
        downgradeTarget = target;
        yield new Outcome.Noted(revision(), changed);
      }
      // Nothing is checked here: nobody enables it.
      case Command.Checked(_, var checked) -> apply(checked);
      case Command.ChangeAuth _ -> new Outcome.AuthChanged(revision());
    };
  }

  private Outcome written(Command.Put put) {
    Reply reply = execute(put);
    return new Outcome.Written(finish(), (Outcome.PutReply) reply);
  }

  private Outcome settled(Decided decided) {
    Reply reply = execute(decided);
    return new Outcome.TxnApplied(finish(), (Outcome.TxnReply) reply);
  }

  private long finish() {
    if (!draftEvents.isEmpty()) {
      states.add(draft);
      events.add(draftEvents);
    }
    return revision();
  }

  private Outcome compact(long at) {
    if (at <= compacted) {
      return new Refused.CompactedRevision(at, compacted);
    }
    if (at > revision()) {
      return new Refused.FutureRevision(at, revision());
    }
    compacted = at;
    return new Outcome.Compacted(revision());
  }

  private Outcome grant(long id, long ttl) {
    if (leases.putIfAbsent(id, ttl) != null) {
      return new Refused.LeaseExists(id);
    }
    return new Outcome.LeaseGranted(revision(), id, ttl);
  }

  private Outcome revoke(long id) {
    if (leases.remove(id) == null) {
      return new Refused.LeaseNotFound(id);
    }
    draft.values().stream()
        .filter(entry -> entry.lease() == id)
        .toList()
        .forEach(entry -> delete(entry.key()));
    return new Outcome.LeaseRevoked(finish());
  }

  private void delete(Bytes key) {
    draft.remove(key);
    KeyValue after = new KeyValue(key, 0, revision() + 1, 0, 0, Bytes.EMPTY);
    draftEvents.add(new WatchEvent(WatchEvent.Kind.DELETE, after, states.getLast().get(key)));
  }

  /// A transaction whose guards are decided, for ever: also those of nested ones, before anything is written.
  private record Decided(boolean succeeded, List<Object> steps) {}

  private Decided decide(Command.Txn txn) {
    boolean succeeded = txn.guards().stream().allMatch(this::holds);
    List<Object> steps = new ArrayList<>();
    for (Operation operation : succeeded ? txn.then() : txn.otherwise()) {
      steps.add(operation instanceof Command.Txn nested ? decide(nested) : operation);
    }
    return new Decided(succeeded, steps);
  }

  private boolean holds(Compare guard) {
    List<KeyValue> entries = entries(draft, guard.range());
    if (entries.isEmpty()) {
      return guard.target() != Command.Target.VALUE
          && holds(guard, new KeyValue(guard.range().from(), 0, 0, 0, 0, Bytes.EMPTY));
    }
    return entries.stream().allMatch(entry -> holds(guard, entry));
  }

  private static boolean holds(Compare guard, KeyValue entry) {
    int order =
        switch (guard.target()) {
          case VERSION -> Long.compare(entry.version(), guard.number());
          case CREATE -> Long.compare(entry.createRevision(), guard.number());
          case MOD -> Long.compare(entry.modRevision(), guard.number());
          case LEASE -> Long.compare(entry.lease(), guard.number());
          case VALUE -> entry.value().compareTo(guard.value());
        };
    return switch (guard.relation()) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case GREATER -> order > 0;
      case LESS -> order < 0;
    };
  }

  private @Nullable Refused refusal(Decided decided) {
    for (Object step : decided.steps) {
      Refused refused =
          switch (step) {
            case Decided nested -> refusal(nested);
            case Command.Put put -> refusal(put);
            case Command.Range range -> unreadable(range.request().revision(), true);
            default -> null;
          };
      if (refused != null) {
        return refused;
      }
    }
    return null;
  }

  private @Nullable Refused refusal(Command.Put put) {
    if (put.leaseId() != 0 && !leases.containsKey(put.leaseId())) {
      return new Refused.LeaseNotFound(put.leaseId());
    }
    boolean absent = !states.getLast().containsKey(put.key());
    return (put.keepValue() || put.keepLease()) && absent ? new Refused.KeyNotFound() : null;
  }

  @Nullable Refused unreadable(long revision, boolean inTxn) {
    if (revision > revision()) {
      return new Refused.FutureRevision(revision, revision());
    }
    boolean old = revision < compacted && (revision > 0 || (inTxn && revision != 0));
    return old ? new Refused.CompactedRevision(revision, compacted) : null;
  }

  private Reply execute(Object step) {
    return switch (step) {
      case Decided nested ->
          new Outcome.TxnReply(nested.succeeded, nested.steps.stream().map(this::execute).toList());
      case Command.Put put -> put(put);
      case Command.DeleteRange(KeyRange range, boolean previous) -> {
        List<KeyValue> before = entries(draft, range);
        before.forEach(entry -> delete(entry.key()));
        yield new Outcome.DeleteReply(before.size(), previous ? before : List.of());
      }
      case Command.Range range -> {
        long revision = range.request().revision();
        yield new Outcome.RangeReply(
            range(revision <= 0 ? draft : states.get((int) revision), range.request()));
      }
      default -> throw new AssertionError(step);
    };
  }

  private Reply put(Command.Put put) {
    KeyValue before = draft.get(put.key());
    KeyValue after =
        new KeyValue(
            put.key(),
            before == null ? revision() + 1 : before.createRevision(),
            revision() + 1,
            before == null ? 1 : before.version() + 1,
            put.keepLease() ? (before == null ? 0 : before.lease()) : put.leaseId(),
            put.keepValue() ? (before == null ? Bytes.EMPTY : before.value()) : put.value());
    draft.put(put.key(), after);
    KeyValue shown = before == null ? null : states.getLast().get(put.key());
    draftEvents.add(new WatchEvent(WatchEvent.Kind.PUT, after, shown));
    return new Outcome.PutReply(put.previous() ? before : null);
  }

  RangeResult range(RangeRequest request) {
    return range(
        states.get((int) (request.revision() <= 0 ? revision() : request.revision())), request);
  }

  private static RangeResult range(Map<Bytes, KeyValue> state, RangeRequest request) {
    List<KeyValue> all = entries(state, request.range());
    if (request.content() == Content.COUNT_ONLY) {
      return new RangeResult(List.of(), all.size(), false);
    }
    long limit = request.limit() <= 0 ? Long.MAX_VALUE : request.limit();
    List<KeyValue> entries = new ArrayList<>(all);
    boolean unfiltered =
        request.modified().equals(RangeRequest.RevisionWindow.ANY)
            && request.created().equals(RangeRequest.RevisionWindow.ANY);
    if (request.sort().order() == SortOrder.NONE && unfiltered && entries.size() > limit) {
      entries = new ArrayList<>(entries.subList(0, (int) limit + 1));
    }
    entries.removeIf(entry ->
        !request.modified().contains(entry.modRevision())
            || !request.created().contains(entry.createRevision()));
    Comparator<KeyValue> order = order(request.sort().target());
    boolean down = request.sort().order() == SortOrder.DESCEND;
    entries.sort(down ? Collections.reverseOrder(order) : order);
    boolean more = entries.size() > limit;
    return new RangeResult(
        entries.stream().limit(limit).map(entry -> shown(entry, request)).toList(),
        all.size(),
        more);
  }

  private static KeyValue shown(KeyValue entry, RangeRequest request) {
    if (request.content() != Content.KEYS_ONLY) {
      return entry;
    }
    long lease = request.sort().target() == SortTarget.VALUE ? entry.lease() : 0;
    return new KeyValue(
        entry.key(),
        entry.createRevision(),
        entry.modRevision(),
        entry.version(),
        lease,
        Bytes.EMPTY);
  }

  private static Comparator<KeyValue> order(SortTarget target) {
    return switch (target) {
      case KEY -> Comparator.comparing(KeyValue::key);
      case VERSION -> Comparator.comparingLong(KeyValue::version);
      case CREATE -> Comparator.comparingLong(KeyValue::createRevision);
      case MOD -> Comparator.comparingLong(KeyValue::modRevision);
      case VALUE -> Comparator.comparing(KeyValue::value);
    };
  }

  private static List<KeyValue> entries(Map<Bytes, KeyValue> state, KeyRange range) {
    return state.values().stream().filter(entry -> range.contains(entry.key())).toList();
  }
}
