package dev.pintle.kernel.keyspace;

/// A read of a run of keys at one revision.
///
/// @param revision the revision to read at; 0 reads the newest, and so does less than 0 outside of a transaction
/// @param limit most key-values answered; 0 for no limit
/// @param modified only keys whose mod revision lies in this window
/// @param created only keys whose create revision lies in this window
public record RangeRequest(
    KeyRange range,
    long revision,
    long limit,
    Sort sort,
    Content content,
    RevisionWindow modified,
    RevisionWindow created) {

  public enum Content {
    KEYS_AND_VALUES,
    KEYS_ONLY,
    COUNT_ONLY
  }

  public enum SortTarget {
    KEY,
    VERSION,
    CREATE,
    MOD,
    VALUE
  }

  public enum SortOrder {
    NONE,
    ASCEND,
    DESCEND
  }

  /// The order of an answer.
  ///
  /// @param order `NONE` with a target other than the key sorts ascending
  public record Sort(SortOrder order, SortTarget target) {
    public static final Sort BY_KEY = new Sort(SortOrder.NONE, SortTarget.KEY);
  }

  /// A span of revisions from `min` to `max`, both included; 0 leaves that end open.
  public record RevisionWindow(long min, long max) {
    public static final RevisionWindow ANY = new RevisionWindow(0, 0);

    public boolean contains(long revision) {
      return (min == 0 || revision >= min) && (max == 0 || revision <= max);
    }
  }

  public static RangeRequest of(KeyRange range) {
    return new RangeRequest(
        range, 0, 0, Sort.BY_KEY, Content.KEYS_AND_VALUES, RevisionWindow.ANY, RevisionWindow.ANY);
  }

  public RangeRequest at(long newRevision) {
    return new RangeRequest(range, newRevision, limit, sort, content, modified, created);
  }

  public RangeRequest limitedTo(long newLimit) {
    return new RangeRequest(range, revision, newLimit, sort, content, modified, created);
  }

  public RangeRequest withContent(Content newContent) {
    return new RangeRequest(range, revision, limit, sort, newContent, modified, created);
  }
}
