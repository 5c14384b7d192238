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
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One watch: first what is there, if wanted, then every change, as fast as the client reads and no faster. What the hub gives at once may be
/// megabytes, the same for all who watch: it is made into bytes of this watch only as the client takes them. Beyond that there is no
/// queue: while the client does not read, the hub keeps its place.
final class WatchSession {
  private static final long WATCH_ID = 1;
  private static final String INITIAL_END = "k8s.io/initial-events-end";

  /// So many bytes are made before it is looked whether the client takes more.
  private static final int PIECE_BYTES = 16 << 10;

  private final What what;
  private final EventBytes bytes;
  private final EventStream body;
  private final WatchHub hub;
  // Initial objects are sent by whichever thread sees the client ready.
  private final ReentrantLock starting = new ReentrantLock();
  private final ListItems initial;
  private final Executor workers;
  private Iterator<StoredObject> ready = Collections.emptyIterator();
  private volatile boolean ended;
  private Runnable whenOver = () -> {};
  private Runnable whenInitialized = () -> {};
  // Written while starting, then by the hub's thread only.
  private boolean columnsSent;
  private volatile WatchHub.@Nullable Stream stream;
  // What was given and is not written yet; whoever raises `sending` from 0 writes for all.
  private final Queue<Step> given = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sending = new AtomicInteger();
  // What could not be told yet, before all that is given; of whoever sends, but that others look
  // whether there is something.
  private volatile @Nullable Step held;
  private final ConversionPause pause = new ConversionPause();
  private final AtomicBoolean triesAgain = new AtomicBoolean();
  // The revision after which the client still waits; written by whoever sends, once the watch runs.
  private long seen;

  /// One event or notice that is to be told.
  private sealed interface Step {
    /// A change.
    record Change(WatchEvent event) implements Step {}

    /// All up to a revision was told.
    record Mark(long revision) implements Step {}

    /// The end: what comes next is compacted.
    record End(long compacted) implements Step {}
  }

  /// The matter of a watch, and how it is shown.
  ///
  /// @param later for what is to be tried again
  /// @param announceEnd whether a bookmark tells that all initial objects were sent
  record What(
      ResourceType type,
      WatchHub.Spec spec,
      SelectionPredicate selection,
      EventObjects objects,
      Representation form,
      String includeObject,
      boolean bookmarks,
      boolean announceEnd,
      Later later) {}

  /// A timer; what it runs must not wait.
  @FunctionalInterface
  interface Later {
    void after(long millis, Runnable action);
  }

  /// @param workers send the initial objects for which the client was not ready at once
  WatchSession(
      What what,
      ListItems initial,
      EventBytes bytes,
      EventStream body,
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

  /// @param action runs once, when all that was there at first was sent; called before [#start]
  void whenInitialized(Runnable action) {
    whenInitialized = action;
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
    given.clear();
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
    } else if (isAllTold()) {
      open.resume();
    } else {
      workers.execute(() -> goOnSending(open));
    }
  }

  private boolean isAllTold() {
    return held == null && given.isEmpty();
  }

  private void goOnSending(WatchHub.Stream open) {
    if (send()) {
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
        body.write(bytes.frame(wanted(EventKind.ADDED), ready.next()));
      }
      if (!hasInitial()) {
        watch();
      }
    } catch (StatusError compacted) {
      body.write(bytes.frame(wanted(EventKind.ERROR), compacted.status().toJson()));
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
      body.write(bookmark(what.spec().startRevision() - 1, metadata));
    }
    whenInitialized.run();
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
    for (Notice notice : notices) {
      switch (notice) {
        case Notice.Created _ -> {}
        case Notice.Events(_, _, var events) ->
            events.forEach(event -> given.add(new Step.Change(event)));
        case Notice.Progress(_, var revision) -> {
          if (what.bookmarks()) {
            given.add(new Step.Mark(revision));
          }
        }
        case Notice.Compacted(_, _, var compacted) -> given.add(new Step.End(compacted));
      }
    }
    WatchHub.Stream open = stream;
    if (open != null && what.type().storing().webhook() != null) {
      // Others are told on this thread, too.
      workers.execute(() -> goOnSending(open));
      return false;
    }
    return send();
  }

  /// Sends what was given for as long as the client takes it; answers whether that was all and more may come.
  private boolean send() {
    if (sending.getAndIncrement() > 0) {
      // Whoever is at it looks again, and resumes when it is done.
      return false;
    }
    boolean all;
    int calls = 1;
    do {
      boolean told = true;
      while (!ended && told && !isAllTold() && body.isWritable()) {
        told = sendPiece();
      }
      all = isAllTold() && body.isWritable();
      calls = sending.addAndGet(-calls);
    } while (calls > 0);
    return all || ended;
  }

  /// Answers false where an object could not be converted: it is tried again after a while, and what comes behind it waits, as upstream's
  /// watchers do.
  private boolean sendPiece() {
    List<byte[]> frames = new ArrayList<>();
    boolean over = false;
    int size = 0;
    boolean told = true;
    while (size < PIECE_BYTES && !over) {
      Step waiting = held;
      Step step = waiting == null ? given.poll() : waiting;
      if (step == null) {
        break;
      }
      held = null;
      int before = frames.size();
      switch (step) {
        case Step.Change(var event) -> {
          told = isAdded(event, frames);
          seen = told ? event.revision() : seen;
        }
        case Step.Mark(var revision) -> frames.add(bookmark(revision, new JsonObject()));
        case Step.End(var compacted) -> {
          frames.add(expired(compacted));
          over = true;
        }
      }
      if (!told) {
        held = step;
        break;
      }
      for (byte[] frame : frames.subList(before, frames.size())) {
        size += frame.length;
      }
    }
    if (!frames.isEmpty()) {
      body.write(frames);
    }
    if (over) {
      finish();
    }
    if (!told) {
      tryAgainLater();
    }
    return told;
  }

  private void tryAgainLater() {
    WatchHub.Stream open = stream;
    if (open != null && triesAgain.compareAndSet(false, true)) {
      what.later()
          .after(
              pause.next(),
              () -> {
                triesAgain.set(false);
                workers.execute(() -> goOnSending(open));
              });
    }
  }

  private boolean isAdded(WatchEvent event, List<byte[]> frames) {
    try {
      add(event, frames);
      pause.reset();
      return true;
    } catch (StatusError unconverted) {
      return false;
    }
  }

  private void add(WatchEvent event, List<byte[]> frames) {
    EventObjects.Change change =
        what.objects().of(event, what.type(), !what.selection().isEverything());
    StoredObject before = change.before();
    StoredObject shownBefore = before != null && what.selection().matches(before) ? before : null;
    StoredObject now = change.now();
    if (now != null && what.selection().matches(now)) {
      boolean known = isKnown(event, before, shownBefore);
      frames.add(bytes.shared(event, wanted(known ? EventKind.MODIFIED : EventKind.ADDED), now));
    } else if (shownBefore != null) {
      // It is gone, or has left the selection: shown as it was, at the version of the change.
      frames.add(bytes.shared(event, wanted(EventKind.DELETED), shownBefore.at(event.revision())));
    }
  }

  private static boolean isKnown(
      WatchEvent event, @Nullable StoredObject before, @Nullable StoredObject shownBefore) {
    return shownBefore != null || (before == null && event.current().version() > 1);
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
}
