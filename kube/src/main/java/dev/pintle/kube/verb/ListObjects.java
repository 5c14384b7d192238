package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.encode.ListItems;
import dev.pintle.kube.encode.ListMeta;
import dev.pintle.kube.request.ListOptions;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The handler of `list`, which answers a collection, whole or page by page.
public final class ListObjects implements VerbHandler {
  // How many keys are read at a time while looking for objects that a selector chooses.
  private static final long KEYS_PER_LOOK = 1_000;

  /// A page ends before its limit when its objects are longer together; clients go on by the token.
  private static final long PAGE_BYTES_MAX = 32L << 20;

  /// So many objects are read at once while a list without a limit is sent.
  private static final int CHUNK_OBJECTS = 250;

  private static final byte[] NO_BYTES = {};

  private static final long CHUNK_BYTES_MAX = 256L << 10;

  /// Objects that are read so quickly that nobody who waits behind them notices.
  static final long FEW = 500;

  private static final long REMEMBERED_BYTES_MAX = 32L << 20;

  /// The part of the heap that may hold remembered chunks.
  private static final int HEAP_SHARE = 32;

  private final VerbContext context;
  private final EncodedChunks chunks =
      new EncodedChunks(
          Math.min(REMEMBERED_BYTES_MAX, Runtime.getRuntime().maxMemory() / HEAP_SHARE));

  public ListObjects(VerbContext context) {
    this.context = context;
  }

  @Override
  public Answer handle(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    ListOptions options = ListOptions.parse(request.query(), false);
    ResourceType type = request.type();
    SelectionPredicate selection = SelectionPredicate.of(type, options, "");
    ObjectView fresh = MinRevisionWait.atLeast(context, versionMin(options), view);
    boolean few = options.limit() > 0 && options.limit() <= FEW && selection.isEverything();
    if (few || fresh.count(type, request.namespace()) <= FEW) {
      Page page = read(type, request.namespace(), options, selection, fresh, null);
      return new Answer.Collection(type, page.items(), page.meta(), false);
    }
    Supplier<Page> reading =
        () -> read(type, request.namespace(), options, selection, fresh, chunks);
    Page page =
        isReadWhenSent(options)
            ? reading.get()
            // Where it holds up nobody else.
            : context.bulk().call(request.caller().name(), 0, reading);
    return new Answer.Collection(type, page.items(), page.meta(), true);
  }

  /// Whether it is the whole collection as it is now, of which nothing is read before it is sent.
  private static boolean isReadWhenSent(ListOptions options) {
    return options.continueToken().isEmpty()
        && limit(options) == 0
        && !isExact(options, ResourceVersions.parse(options.resourceVersion()));
  }

  private static long limit(ListOptions options) {
    return options.resourceVersion().equals("0") ? 0 : options.limit();
  }

  private static boolean isExact(ListOptions options, long version) {
    return options.resourceVersionMatch().equals("Exact") || isLegacyExact(options, version);
  }

  /// The version that may come while the request waits; 0 when it asks for one that must be there.
  private static long versionMin(ListOptions options) {
    if (!options.continueToken().isEmpty() || options.resourceVersionMatch().equals("Exact")) {
      return 0;
    }
    long version = ResourceVersions.parse(options.resourceVersion());
    return isLegacyExact(options, version) ? 0 : version;
  }

  /// A page: objects, and the metadata of their list.
  record Page(ListItems items, ListMeta meta) {}

  /// All objects that are selected, as the view shows them.
  public static ListItems all(
      ResourceType type, String namespace, SelectionPredicate selection, ObjectView view) {
    KeyRange range = Keys.range(type, namespace);
    return new Search(type, range, 0, selection, view, null).all(range.from(), view.revision());
  }

  static Page read(
      ResourceType type,
      String namespace,
      ListOptions options,
      SelectionPredicate selection,
      ObjectView view,
      @Nullable EncodedChunks chunks) {
    KeyRange all = Keys.range(type, namespace);
    if (!options.continueToken().isEmpty()) {
      if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals("0")) {
        throw StatusErrors.badRequest(
            "specifying resource version is not allowed when using continue");
      }
      return goOn(
          new Search(type, all, options.limit(), selection, view, null), options.continueToken());
    }
    long version = ResourceVersions.parse(options.resourceVersion());
    if (version > view.revision()) {
      throw StatusErrors.futureVersion(version, view.revision());
    }
    return new Search(type, all, limit(options), selection, view, chunks)
        .from(all.from(), isExact(options, version) ? version : 0);
  }

  /// A limit beside a version, without a word on how they go together, means exactly that version.
  private static boolean isLegacyExact(ListOptions options, long version) {
    return version > 0 && options.limit() > 0 && options.resourceVersionMatch().isEmpty();
  }

  private static Page goOn(Search search, String text) {
    ContinueToken token = ContinueToken.decode(text);
    byte[] prefix = search.all.from().array();
    byte[] start = Bytes.utf8(token.start()).array();
    byte[] key = Arrays.copyOf(prefix, prefix.length + start.length);
    System.arraycopy(start, 0, key, prefix.length, start.length);
    try {
      return search.from(Bytes.wrap(key), Math.max(0, token.version()));
    } catch (StatusError refused) {
      throw refused.status().code() == 410 ? tokenExpired(token) : refused;
    }
  }

  /// The refusal of a list whose history is gone.
  ///
  /// @param continueToken by which it is to go on; empty for none
  /// @throws StatusError 400 when that is no token
  public static StatusError expired(String continueToken) {
    return continueToken.isEmpty()
        ? StatusErrors.expired("The resourceVersion for the provided list is too old.")
        : tokenExpired(ContinueToken.decode(continueToken));
  }

  private static StatusError tokenExpired(ContinueToken token) {
    String fresh = new ContinueToken(-1, token.start()).encode();
    return new StatusError(
        new Status(
            410,
            "Expired",
            "The provided continue parameter is too old to display a consistent list result. You can start a new list"
                + " without the continue parameter, or use the continue token in this response to retrieve the remainder"
                + " of the results. Continuing with the provided token results in an inconsistent list - objects that were"
                + " created, modified, or deleted between the time the first chunk was returned and now may show up in the"
                + " list.",
            Details.NONE,
            fresh));
  }

  /// A walk over a collection at one revision until enough objects are found.
  private static final class Search {
    private final ResourceType type;
    private final KeyRange all;
    private final long limit;
    private final SelectionPredicate selection;
    private final ObjectView view;
    private final @Nullable EncodedChunks chunks;
    private final List<StoredObject> found = new ArrayList<>();
    private long foundBytes;

    Search(
        ResourceType type,
        KeyRange all,
        long limit,
        SelectionPredicate selection,
        ObjectView view,
        @Nullable EncodedChunks chunks) {
      this.chunks = chunks;
      this.type = type;
      this.all = all;
      this.limit = Math.max(0, limit);
      this.selection = selection;
      this.view = view;
    }

    /// @param version 0 for the newest
    Page from(Bytes start, long version) {
      long shown = version == 0 ? view.revision() : version;
      return limit == 0
          ? new Page(all(start, shown), new ListMeta(shown, "", -1))
          : limited(start, version, shown);
    }

    /// A revision that cannot be read is refused before anything is answered.
    ListItems all(Bytes start, long shown) {
      boolean newest = shown == view.revision();
      Chunks found = new Chunks(start, shown, newest && selection.isEverything() ? chunks : null);
      if (!newest) {
        found.readAhead();
      }
      return found;
    }

    private Page limited(Bytes start, long version, long shown) {
      Bytes next = start;
      while (true) {
        RangeResult result = look(next, version);
        Bytes last = take(result);
        boolean more = last != null && (result.more() || !last.equals(lastKey(result)));
        if (last == null || !more) {
          return new Page(ListItems.of(found), new ListMeta(shown, "", -1));
        }
        if (isFull()) {
          return new Page(ListItems.of(found), cut(result, last, shown));
        }
        next = after(last);
      }
    }

    private boolean isFull() {
      return found.size() >= limit || foundBytes >= PAGE_BYTES_MAX;
    }

    /// The chunks of everything from a key on.
    private final class Chunks implements ListItems {
      private final long version;
      private Bytes start;
      private boolean over;
      private List<StoredObject> ahead = List.of();
      private final @Nullable EncodedChunks known;
      // Where the newest chunk started.
      private Bytes from;

      /// @param known those that lie ready at this version; null where none may be taken
      Chunks(Bytes start, long version, @Nullable EncodedChunks known) {
        this.start = start;
        this.from = start;
        this.version = version;
        this.known = known;
      }

      @Override
      public byte @Nullable [] nextEncoded() {
        EncodedChunks.Chunk chunk =
            known == null || over ? null : known.find(type, rest(start), view);
        return chunk == null ? null : take(chunk);
      }

      @Override
      public byte @Nullable [] nextAtHand() {
        if (over && ahead.isEmpty()) {
          return NO_BYTES;
        }
        EncodedChunks.Chunk chunk = atHand();
        return chunk == null ? null : take(chunk);
      }

      @Override
      public boolean isAtHand() {
        return atHand() != null;
      }

      private EncodedChunks.@Nullable Chunk atHand() {
        return known == null || over ? null : known.atHand(type, rest(start), view);
      }

      private byte[] take(EncodedChunks.Chunk chunk) {
        start = chunk.next();
        over = chunk.last();
        return chunk.encoded();
      }

      @Override
      public void encoded(byte[] bytes) {
        if (known != null && bytes.length > 0) {
          known.put(type, rest(from), new EncodedChunks.Chunk(bytes, start, over, version));
        }
      }

      void readAhead() {
        ahead = read();
      }

      @Override
      public List<StoredObject> next() {
        List<StoredObject> now = ahead;
        ahead = List.of();
        return now.isEmpty() ? read() : now;
      }

      @SuppressWarnings("ThreadPriorityCheck") // virtual threads give way nowhere else
      private List<StoredObject> read() {
        List<StoredObject> chunk = new ArrayList<>();
        while (chunk.isEmpty() && !over) {
          from = start;
          fill(chunk);
          // Whoever waits for this thread is not made to wait for a search that finds little.
          Thread.yield();
        }
        return chunk;
      }

      private KeyRange rest(Bytes key) {
        return new KeyRange(key, all.to());
      }

      private void fill(List<StoredObject> chunk) {
        if (type.storing().webhook() != null) {
          fillConverted(chunk);
          return;
        }
        Bytes[] last = new Bytes[1];
        long[] looked = new long[2];
        RangeRequest request = RangeRequest.of(rest(start)).at(version);
        RangeResult result =
            view.scan(
                request,
                kv -> {
                  last[0] = kv.key();
                  StoredObject object = view.read(type, kv);
                  if (selection.isEverything() || selection.matches(object)) {
                    chunk.add(object);
                    looked[1] += object.storedBytes().length;
                  }
                  looked[0]++;
                  return looked[0] < KEYS_PER_LOOK
                      && chunk.size() < CHUNK_OBJECTS
                      && looked[1] < CHUNK_BYTES_MAX;
                });
        over = last[0] == null || !result.more();
        if (last[0] != null) {
          start = after(last[0]);
        }
      }

      /// Nobody is asked for anything while the store is being read.
      private void fillConverted(List<StoredObject> chunk) {
        List<KeyValue> entries = new ArrayList<>();
        long[] bytes = new long[1];
        RangeResult result =
            view.scan(
                RangeRequest.of(rest(start)).at(version),
                kv -> {
                  entries.add(kv);
                  bytes[0] += kv.value().size();
                  return entries.size() < CHUNK_OBJECTS && bytes[0] < CHUNK_BYTES_MAX;
                });
        over = entries.isEmpty() || !result.more();
        for (StoredObject object : view.readAll(type, entries)) {
          if (selection.matches(object)) {
            chunk.add(object);
          }
        }
        if (!entries.isEmpty()) {
          start = after(entries.getLast().key());
        }
      }
    }

    private RangeResult look(Bytes from, long version) {
      long keys = Math.min(KEYS_PER_LOOK, selection.isEverything() ? left() : KEYS_PER_LOOK);
      return view.range(RangeRequest.of(new KeyRange(from, all.to())).at(version).limitedTo(keys));
    }

    private long left() {
      return Math.max(1, limit - found.size());
    }

    /// Keeps what is selected; answers the last key looked at, null when there was none.
    private @Nullable Bytes take(RangeResult result) {
      Bytes last = null;
      for (StoredObject object : shown(result.entries())) {
        last = object.key();
        if (selection.isEverything() || selection.matches(object)) {
          found.add(object);
          foundBytes += object.storedBytes().length;
          if (isFull()) {
            break;
          }
        }
      }
      return last;
    }

    /// One by one, as far as they are wanted, where nobody has to be asked for them.
    private Iterable<StoredObject> shown(List<KeyValue> entries) {
      return type.storing().webhook() == null
          ? () -> entries.stream().map(kv -> view.read(type, kv)).iterator()
          : view.readAll(type, entries);
    }

    private static Bytes lastKey(RangeResult result) {
      return result.entries().getLast().key();
    }

    private ListMeta cut(RangeResult result, Bytes last, long shown) {
      int prefix = all.from().size();
      byte[] rest = Arrays.copyOfRange(after(last).array(), prefix, last.size() + 1);
      String token = new ContinueToken(shown, Bytes.wrap(rest).utf8()).encode();
      long remaining = selection.isEverything() ? result.count() - result.entries().size() : -1;
      return new ListMeta(shown, token, remaining);
    }

    private static Bytes after(Bytes key) {
      return Bytes.wrap(Arrays.copyOf(key.array(), key.size() + 1));
    }
  }
}
