package dev.pintle.kernel.state;

import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.index.Index;
import dev.pintle.kernel.lease.LeaseImage;

/// The store as the apply thread sees and changes it.
final class WorkingState {
  /// What a store is born with, so that no write has revision 1 and reading at 1 answers the empty store.
  static final long REVISION_FIRST = 1;

  Index index = new Index();
  LeaseImage leases = LeaseImage.EMPTY;
  AuthImage auth = AuthImage.INITIAL;
  long revision = REVISION_FIRST;
  long compacted = ReadSnapshot.NEVER_COMPACTED;
  long appliedIndex;
  StoreNotes notes = StoreNotes.NONE;

  ReadSnapshot moment() {
    return new ReadSnapshot(index.current(), revision, compacted);
  }
}
