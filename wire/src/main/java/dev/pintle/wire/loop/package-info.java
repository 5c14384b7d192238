/// Event loops and what happens once per turn of one.
///
/// [EventLoops] owns the threads. Each loop has one [LoopTurn]: other threads hand work over to it through a stack
/// that is emptied by one task per burst, and connections that wrote something are flushed by it once per turn.
/// Connections that take more of a loop than their share are read in turns ([ReadTurns]). Nothing here knows a protocol.
@NullMarked
package dev.pintle.wire.loop;

import org.jspecify.annotations.NullMarked;
