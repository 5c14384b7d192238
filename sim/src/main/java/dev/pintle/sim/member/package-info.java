/// One member on a disk that loses power, with clients that write, read, hold leases and watch.
///
/// [ReferenceModel] is the truth: what the log has decided, applied in one line by a kernel that never crashes. [SimulatedMember]
/// lives, dies and comes back; the clients compare all they are told with the truth. [Simulation] puts a seed's world
/// together. Claims are checked where they are seen: nothing decided is lost or changed, nothing undecided is visible or
/// acknowledged, revisions never go back, reads answer the state of their revision, a watch has no gap and no invention, a
/// lease lives its time.
@NullMarked
package dev.pintle.sim.member;

import org.jspecify.annotations.NullMarked;
