package dev.pintle.kube.watch;

import dev.pintle.kube.encode.ListItems;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.wire.AnswerRoom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The objects that a watch sends first, and the room that they take while they wait for the client: some of them are always read
/// ahead, and a watch is refused rather than begun where there is no room for that.
final class InitialObjects implements ListItems {
  /// So much waits without asking for room.
  private static final long SMALL_BYTES_MAX = 16 << 10;

  private final ListItems items;
  private final AnswerRoom room;
  private List<StoredObject> first = List.of();
  private @Nullable StatusError failed;
  private long roomBytes;

  /// @throws StatusError 429 when this client's answers, or those of all, take all the room
  InitialObjects(ListItems items, AnswerRoom room) {
    this.items = items;
    this.room = room;
    try {
      first = items.next();
    } catch (StatusError told) {
      failed = told;
    }
    long size = 0;
    for (StoredObject object : first) {
      size += object.storedBytes().length;
    }
    if (size > SMALL_BYTES_MAX) {
      if (room.take(size) != AnswerRoom.Grant.GIVEN) {
        throw StatusErrors.shed(room.refusedBy());
      }
      roomBytes = size;
    }
  }

  @Override
  public List<StoredObject> next() {
    StatusError told = failed;
    if (told != null) {
      throw told;
    }
    List<StoredObject> some = first;
    if (some.isEmpty()) {
      some = items.next();
    } else {
      first = List.of();
    }
    if (some.isEmpty() && roomBytes > 0) {
      room.giveBack(roomBytes);
      roomBytes = 0;
    }
    return some;
  }
}
