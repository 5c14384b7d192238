/// The commit log: what was decided, in order, durable before anybody hears of it.
///
/// [CommitLog] is what the member sees, and all that a replicated log will have to be. [SegmentLog] is the log of a member
/// that decides alone: segment files of checksummed frames, one frame and one force a batch, the next file made ahead of need
/// ([SpareSegment]). [MemoryLog] forgets with the
/// process.
///
/// How a frame that does not check out is judged is written in [SegmentReader]: torn by a crash and cut, or damaged in the
/// middle and refused. Read: [CommitLog], [LogBatch], [Frame], [SegmentHeader], [SegmentReader], [SegmentWriter],
/// [SegmentLog].
@NullMarked
package dev.pintle.member.log;

import org.jspecify.annotations.NullMarked;
