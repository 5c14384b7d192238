package dev.pintle.kube.watch;

import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.decode.Canonicalizer;
import dev.pintle.kube.encode.Forms;
import dev.pintle.kube.encode.ListItems;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.negotiation.Representation.Form;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.verb.SelectionPredicate;
import dev.pintle.kube.watch.EventBytes.Wanted;
import dev.pintle.member.WatchHub;
import dev.pintle.member.WatchHub.Notice;
import dev.pintle.wire.Exchange.BodyWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One watch: first what is there, if wanted, then every change, as fast as the client reads and no faster. It holds no
/// queue: while the client does not read, the hub keeps its place.
final class WatchSession {
  private static final long WATCH_ID = 1;
  private static final String INITIAL_END = "k8s.io/initial-events-end";

  private final What what;
  private final EventBytes bytes;
  private final BodyWriter body;
  private final WatchHub hub;
  // Initial objects are sent by whichever thread sees the client ready.
  private final ReentrantLock starting = new ReentrantLock();
  private final ListItems initial;
  private final Executor workers;
  private Iterator<StoredObject> ready = Collections.emptyIterator();
  private volatile boolean ended;
  private Runnable whenOver = () -> {};
  // Written while starting, then by the hub's thread only.
  private boolean columnsSent;
  private volatile WatchHub.@Nullable Stream stream;
  // The revision after which the client still waits; written by the hub's thread only, once the
  // watch runs.
  private long seen;

  /// The matter of a watch, and how it is shown.
  ///
  /// @param announceEnd whether a bookmark tells that all initial objects were sent
  record What(
      ResourceType type,
      WatchHub.Spec spec,
      SelectionPredicate selection,
      EventObjects objects,
      Representation form,
      String includeObject,
      boolean bookmarks,
      boolean announceEnd) {}

  /// @param workers send the initial objects for which the client was not ready at once
  WatchSession(
      What what,
      ListItems initial,
      EventBytes bytes,
      BodyWriter body,
      WatchHub hub,
      Executor workers) {
    this.what = what;
    this.seen = what.spec().startRevision() - 1;
    this.initial = initial;
    this.workers = workers;
    this.bytes = bytes;
    this.body = body;
    this.hub = hub;
  }

  /// @param action runs once, when nothing more will be sent; called before [#start]
  void whenOver(Runnable action) {
    whenOver = action;
  }

  void start() {
    body.onWritable(this::writable);
    goOnStarting();
  }

  /// Ends the answer in good order.
  void finish() {
    if (!ended) {
      stop();
      body.end();
    }
  }

  /// Asks for a bookmark once everything before it was sent.
  void bookmark() {
    WatchHub.Stream open = stream;
    if (open != null && !ended && what.bookmarks()) {
      open.requestProgress();
    }
  }

  /// Nothing more can be sent.
  void stop() {
    ended = true;
    whenOver.run();
    WatchHub.Stream open = stream;
    if (open != null) {
      open.close();
    }
  }

  private void writable() {
    WatchHub.Stream open = stream;
    if (open == null) {
      workers.execute(this::goOnStarting);
    } else {
      open.resume();
    }
  }

  private void goOnStarting() {
    starting.lock();
    try {
      if (ended || stream != null) {
        return;
      }
      while (hasInitial() && body.isWritable()) {
        body.write(buffer(bytes.frame(wanted(EventKind.ADDED), ready.next())));
      }
      if (!hasInitial()) {
        watch();
      }
    } catch (StatusError compacted) {
      body.write(buffer(bytes.frame(wanted(EventKind.ERROR), compacted.status().toJson())));
      finish();
    } finally {
      starting.unlock();
    }
  }

  private boolean hasInitial() {
    if (!ready.hasNext()) {
      ready = initial.next().iterator();
    }
    return ready.hasNext();
  }

  private void watch() {
    if (what.announceEnd()) {
      JsonObject metadata =
          new JsonObject().set("annotations", new JsonObject().set(INITIAL_END, "true"));
      body.write(buffer(bookmark(what.spec().startRevision() - 1, metadata)));
    }
    WatchHub.Stream open = hub.open(this::accept);
    stream = open;
    open.create(WATCH_ID, what.spec());
    if (ended) {
      open.close();
    }
  }

  private boolean accept(List<Notice> notices) {
    if (ended) {
      return true;
    }
    List<byte[]> frames = new ArrayList<>();
    boolean over = false;
    for (Notice notice : notices) {
      switch (notice) {
        case Notice.Created _ -> {}
        case Notice.Events(_, _, var events) -> {
          events.forEach(event -> add(event, frames));
          seen = events.getLast().revision();
        }
        case Notice.Progress(_, var revision) -> {
          if (what.bookmarks()) {
            frames.add(bookmark(revision, new JsonObject()));
          }
        }
        case Notice.Compacted(_, _, var compacted) -> {
          frames.add(expired(compacted));
          over = true;
        }
      }
    }
    if (!frames.isEmpty()) {
      body.write(buffer(frames.toArray(byte[][]::new)));
    }
    if (over) {
      finish();
    }
    return body.isWritable();
  }

  private void add(WatchEvent event, List<byte[]> frames) {
    EventObjects.Change change = what.objects().of(event, what.type());
    StoredObject before = change.before();
    StoredObject shownBefore = before != null && what.selection().matches(before) ? before : null;
    StoredObject now = change.now();
    if (now != null && what.selection().matches(now)) {
      boolean known = shownBefore != null || (before == null && event.current().version() > 1);
      frames.add(bytes.shared(event, wanted(known ? EventKind.MODIFIED : EventKind.ADDED), now));
    } else if (shownBefore != null) {
      // It is gone, or has left the selection: shown as it was, at the version of the change.
      frames.add(bytes.shared(event, wanted(EventKind.DELETED), shownBefore.at(event.revision())));
    }
  }

  private byte[] bookmark(long revision, JsonObject metadata) {
    JsonObject shown =
        new JsonObject()
            .set("kind", what.type().kind())
            .set("apiVersion", what.type().groupVersion().text())
            .set("metadata", new JsonObject().set("resourceVersion", Long.toString(revision)));
    metadata.forEach(field -> shown.objectAt("metadata").set(field.name(), field.value()));
    return bytes.frame(wanted(EventKind.BOOKMARK), bookmarkForm(shown));
  }

  private JsonObject bookmarkForm(JsonObject shown) {
    Form form = what.form().form();
    if (form == Form.METADATA || form == Form.METADATA_LIST) {
      return Forms.metadataOnly(what.form(), shown);
    }
    SchemaNode schema = what.type().schema();
    return schema.typeName().isEmpty() ? shown : Canonicalizer.canonical(schema, shown);
  }

  private byte[] expired(long compacted) {
    Status status =
        StatusErrors.expired("too old resource version: %d (%d)".formatted(seen, compacted))
            .status();
    return bytes.frame(wanted(EventKind.ERROR), status.toJson());
  }

  private Wanted wanted(EventKind kind) {
    boolean first = !columnsSent && what.form().form() == Form.TABLE && kind != EventKind.BOOKMARK;
    columnsSent |= first;
    return new Wanted(kind, what.type(), what.form(), what.includeObject(), first);
  }

  private static ByteBuf buffer(byte[]... frames) {
    return Unpooled.wrappedBuffer(frames);
  }
}
