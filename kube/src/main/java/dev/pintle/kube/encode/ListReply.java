package dev.pintle.kube.encode;

import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.request.OnBehalf;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.wire.AnswerRoom;
import dev.pintle.wire.Exchange.BodyWriter;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The reply of a list: in pieces that are read, written and packed as the client takes them, where the form allows it, so
/// that a list costs the memory of a piece whatever its length.
public final class ListReply {
  private static final int PIECE_BYTES = 256 * 1024;
  private static final int WHOLE_BYTES_MAX = 512 * 1024;
  // What an item has beside its stored bytes: its resourceVersion and a comma.
  private static final int ITEM_EXTRA_BYTES = 48;
  private static final int AROUND_BYTES = 512;

  /// So much of a list is made without asking for room.
  private static final long SMALL_BYTES_MAX = 64 << 10;

  private final Reply reply;
  private final ListForm form;
  private final ListItems items;
  private final Executor workers;
  private final Executor turns;
  private final ReentrantLock writing = new ReentrantLock();
  // All below are guarded by `writing` once the answer has started, but that a client that goes
  // away ends it.
  private List<StoredObject> ready = List.of();
  private int next;
  private boolean begun;
  private long roomBytes;
  // Pieces that are to be written before any other is made.
  private final ArrayDeque<ByteBuffer> made = new ArrayDeque<>();
  private volatile boolean over;

  /// @param workers write the pieces for which the client was not ready at once
  /// @param turns write them where objects must be read for it, or bytes packed, which takes much longer than to pass on their bytes
  public ListReply(
      Reply reply,
      ResourceType type,
      ListItems items,
      ListMeta meta,
      Executor workers,
      Executor turns) {
    this.reply = reply;
    this.form = new ListForm(reply.forms(), reply.form(), reply.includeObject(), type, meta);
    this.items = items;
    this.workers = OnBehalf.carriedBy(workers);
    this.turns = turns;
  }

  /// @param lists the room for a list that has to be made whole
  public void send(WholeLists lists) {
    if (form.isInPieces() && form.isOfBytes()) {
      sendChunks();
    } else if (form.isInPieces()) {
      sendPieces();
    } else {
      sendWhole(lists);
    }
  }

  private void sendWhole(WholeLists lists) {
    List<StoredObject> all = new ArrayList<>();
    try (WholeLists.Share share = lists.share()) {
      for (List<StoredObject> some = items.next(); !some.isEmpty(); some = items.next()) {
        for (StoredObject item : some) {
          share.take(item.storedBytes().length);
          all.add(item);
        }
      }
      byte[] whole = form.whole(all);
      if (reply.isRecorded()) {
        reply.recordAnswer(reply.isJson() ? whole : form.wholeInJson(all));
      }
      reply.bytes(200, whole);
    }
  }

  /// As [#sendPieces], of chunks that may lie ready.
  private void sendChunks() {
    long size = 0;
    while (size <= WHOLE_BYTES_MAX && !over) {
      size += make(encodedItems());
      takeRoom(size);
    }
    if (over) {
      JsonWriter out = new JsonWriter((int) size);
      for (ByteBuffer piece : made) {
        int from = piece.arrayOffset() + piece.position();
        out.raw(piece.array(), from, from + piece.remaining());
      }
      byte[] whole = out.toBytes();
      reply.recordAnswer(whole);
      reply.bytes(200, whole);
    } else {
      stream();
    }
  }

  /// Makes pieces of the next items, none of which is a copy of them, with what comes before the first and after the last one.
  /// Answers how many bytes they are.
  private int make(byte[] items) {
    over |= items.length == 0;
    JsonWriter around = new JsonWriter(AROUND_BYTES);
    int from = 0;
    if (!begun) {
      begun = true;
      form.begin(around);
      // The first item has no comma before it.
      from = Math.min(1, items.length);
    }
    if (over) {
      ListForm.end(around);
    }
    if (around.size() > 0) {
      made.add(ByteBuffer.wrap(around.toBytes()));
    }
    if (!over) {
      made.add(ByteBuffer.wrap(items, from, items.length - from));
    }
    return around.size() + items.length - from;
  }

  private byte[] encodedItems() {
    byte[] known = items.nextEncoded();
    if (known != null) {
      return known;
    }
    List<StoredObject> some = items.next();
    long size = 0;
    for (StoredObject item : some) {
      size += item.storedBytes().length + ITEM_EXTRA_BYTES;
    }
    JsonWriter out = new JsonWriter((int) Math.min(size, Integer.MAX_VALUE - 16));
    for (StoredObject item : some) {
      out.raw(',');
      form.item(out, item);
    }
    byte[] encoded = out.toBytes();
    items.encoded(encoded);
    return encoded;
  }

  /// A short list is known to be short before it is sent, and leaves whole.
  private void sendPieces() {
    List<StoredObject> first = new ArrayList<>();
    long size = 0;
    boolean all = false;
    while (size <= WHOLE_BYTES_MAX && !all) {
      List<StoredObject> some = items.next();
      all = some.isEmpty();
      for (StoredObject item : some) {
        size += item.storedBytes().length + ITEM_EXTRA_BYTES;
      }
      first.addAll(some);
      takeRoom(size);
    }
    ready = first;
    if (first.isEmpty()) {
      byte[] whole = form.whole(first);
      reply.recordAnswer(whole);
      reply.bytes(200, whole);
    } else if (all) {
      JsonWriter out = new JsonWriter((int) Math.min(size + 256, Integer.MAX_VALUE - 16));
      fill(out, Integer.MAX_VALUE);
      byte[] whole = out.toBytes();
      reply.recordAnswer(whole);
      reply.bytes(200, whole);
    } else {
      stream();
    }
  }

  /// Takes room for what of a list is made before anything of it is sent, which nobody else's list uses: a list is refused rather than
  /// begun where it is not there.
  ///
  /// @throws StatusError 429 when this client's answers, or those of all, take it all
  private void takeRoom(long size) {
    long more = size - SMALL_BYTES_MAX - roomBytes;
    if (more > 0) {
      AnswerRoom room = reply.exchange().answerRoom();
      if (room.take(more) != AnswerRoom.Grant.GIVEN) {
        throw StatusErrors.shed(room.refusedBy());
      }
      roomBytes += more;
    }
  }

  /// What was made before the first piece left is gone; a piece at a time is under way from now on.
  private void keepRoomOfPiece() {
    long more = roomBytes - PIECE_BYTES;
    if (more > 0) {
      reply.exchange().answerRoom().giveBack(more);
      roomBytes -= more;
    }
  }

  private void stream() {
    GzipPieces packed = reply.acceptsGzip() ? new GzipPieces() : null;
    BodyWriter body = reply.start(packed != null);
    reply.exchange().onAbort(() -> over = true);
    Runnable pump = () -> pump(body, packed);
    boolean passedOn = packed == null && form.isOfBytes();
    body.onWritable(() -> {
      if (!passedOn || !passOn(body)) {
        goOn(pump, passedOn);
      }
    });
    if (passedOn) {
      pump.run();
    } else {
      goOn(pump, false);
    }
  }

  /// Writes what lies at hand, on the event loop. Answers false when that is not all that the client takes now.
  private boolean passOn(BodyWriter body) {
    if (!writing.tryLock()) {
      return false;
    }
    try {
      while (!over && body.isWritable()) {
        ByteBuffer piece = pieceAtHand();
        if (piece == null) {
          return false;
        }
        reply.recordPiece(piece);
        write(body, piece);
      }
      return true;
    } finally {
      writing.unlock();
    }
  }

  private @Nullable ByteBuffer pieceAtHand() {
    ByteBuffer before = made.poll();
    if (before != null) {
      return before;
    }
    keepRoomOfPiece();
    byte[] known = items.nextAtHand();
    if (known == null) {
      return null;
    }
    make(known);
    return made.remove();
  }

  private void write(BodyWriter body, ByteBuffer piece) {
    body.write(Unpooled.wrappedBuffer(piece));
    if (over) {
      body.end();
    }
  }

  /// What is only passed on takes so little that whoever waits for a thread does not notice; what is made of objects, or packed, is done
  /// in the client's turn, for as many lists as there may be.
  private void goOn(Runnable pump, boolean passedOn) {
    if (passedOn) {
      workers.execute(pump);
      return;
    }
    try {
      turns.execute(pump);
    } catch (StatusError tooMany) {
      // The answer has begun, so it is not refused any more.
      workers.execute(pump);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // virtual threads give way nowhere else
  private void pump(BodyWriter body, @Nullable GzipPieces packed) {
    writing.lock();
    try {
      while (!over && body.isWritable()) {
        ByteBuffer next = piece();
        reply.recordPiece(next);
        write(body, packed == null ? next : packed.piece(next, over));
        // Whoever waits for this thread is not made to wait for the whole list.
        Thread.yield();
      }
    } catch (StatusError compacted) {
      over = true;
      body.cut();
    } finally {
      writing.unlock();
    }
  }

  private ByteBuffer piece() {
    ByteBuffer before = made.poll();
    if (before != null) {
      return before;
    }
    keepRoomOfPiece();
    if (form.isOfBytes()) {
      make(encodedItems());
      return made.remove();
    }
    JsonWriter out = new JsonWriter(PIECE_BYTES + 4_096);
    over |= fill(out, PIECE_BYTES);
    return ByteBuffer.wrap(out.toBytes());
  }

  /// Writes until `bytesMax` is reached; after the last item, the end of the list. Answers whether that was it.
  private boolean fill(JsonWriter out, int bytesMax) {
    if (!begun) {
      form.begin(out);
      next = 0;
    }
    while (out.size() < bytesMax) {
      if (next == ready.size()) {
        ready = items.next();
        next = 0;
        if (ready.isEmpty()) {
          ListForm.end(out);
          return true;
        }
      }
      if (begun) {
        out.raw(',');
      }
      begun = true;
      form.item(out, ready.get(next));
      next++;
    }
    return false;
  }
}
