package dev.pintle.sim.linear;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The search for an order of the operations of one key that explains all answers and in which nothing happens before
/// it was called or after it was answered.
///
/// Calls and answers lie in a list by their times. Any call before the first answer in the list may happen next: it is tried,
/// and lifted out of the list with its answer. At an answer whose call was not lifted, the last choice was wrong and is
/// undone.
public final class Linearizability {
  private final Entry head = new Entry(null, false);
  private final Set<Tried> tried = new HashSet<>();
  private final Deque<Choice> choices = new ArrayDeque<>();
  private final BitSet done = new BitSet();
  private final int answeredCount;
  private int answeredDone;
  private Register state;

  /// A call or an answer, in the list.
  private static final class Entry {
    final @Nullable ClientOperation operation;
    final boolean answer;
    int number;
    @Nullable Entry match;
    @Nullable Entry before;
    @Nullable Entry next;

    Entry(@Nullable ClientOperation operation, boolean answer) {
      this.operation = operation;
      this.answer = answer;
    }

    long nanos() {
      ClientOperation of = operation;
      if (of == null) {
        return Long.MIN_VALUE;
      }
      return answer ? of.answeredNanos() : of.calledNanos();
    }

    void lift() {
      if (before != null) {
        before.next = next;
      }
      if (next != null) {
        next.before = before;
      }
    }

    void putBack() {
      if (before != null) {
        before.next = this;
      }
      if (next != null) {
        next.before = this;
      }
    }
  }

  private record Tried(BitSet done, Register state) {}

  /// A choice of the search.
  ///
  /// @param alternative which of the states that the operation may leave was taken
  private record Choice(Entry call, Register before, int alternative) {}

  private Linearizability(List<ClientOperation> operations, Register first) {
    state = first;
    answeredCount = (int) operations.stream().filter(ClientOperation::isAnswered).count();
    link(operations);
  }

  /// Whether `operations`, all on one key that was `first` before them, can be explained.
  public static boolean holds(List<ClientOperation> operations, Register first) {
    return new Linearizability(operations, first).search();
  }

  private void link(List<ClientOperation> operations) {
    List<Entry> entries = new ArrayList<>();
    int number = 0;
    for (ClientOperation operation : operations) {
      Entry call = new Entry(operation, false);
      call.number = number++;
      entries.add(call);
      if (operation.isAnswered()) {
        Entry answer = new Entry(operation, true);
        call.match = answer;
        entries.add(answer);
      }
    }
    // Of the same moment, calls come first: then they overlap, which allows more.
    entries.sort(Comparator.comparingLong(Entry::nanos).thenComparing(entry -> entry.answer));
    Entry last = head;
    for (Entry entry : entries) {
      last.next = entry;
      entry.before = last;
      last = entry;
    }
  }

  private boolean search() {
    Entry entry = head.next;
    int alternative = 0;
    while (answeredDone < answeredCount) {
      if (entry != null && !entry.answer) {
        if (choose(entry, alternative)) {
          entry = head.next;
        } else {
          entry = entry.next;
        }
        alternative = 0;
      } else {
        Choice undone = choices.poll();
        if (undone == null) {
          return false;
        }
        undo(undone);
        entry = undone.call;
        alternative = undone.alternative + 1;
      }
    }
    return true;
  }

  /// Lets the operation of `call` happen next, if it can and leads to somewhere new.
  private boolean choose(Entry call, int alternativeFirst) {
    ClientOperation operation = call.operation;
    if (operation == null) {
      return false;
    }
    List<Register> after = operation.after(state);
    for (int i = alternativeFirst; i < after.size(); i++) {
      BitSet with = (BitSet) done.clone();
      with.set(call.number);
      if (tried.add(new Tried(with, after.get(i)))) {
        choices.push(new Choice(call, state, i));
        state = after.get(i);
        done.set(call.number);
        lift(call);
        return true;
      }
    }
    return false;
  }

  private void lift(Entry call) {
    call.lift();
    if (call.match != null) {
      call.match.lift();
      answeredDone++;
    }
  }

  private void undo(Choice choice) {
    state = choice.before;
    done.clear(choice.call.number);
    if (choice.call.match != null) {
      choice.call.match.putBack();
      answeredDone--;
    }
    choice.call.putBack();
  }
}
