/// The door to files: [Disk] is one folder, [DiskFile] one file in it. [RealDisk] is the operating system's; [SimulatedDisk]
/// forgets what was not forced, tears writes and fills up, for simulations and tests of crashes.
@NullMarked
package dev.pintle.member.disk;

import org.jspecify.annotations.NullMarked;
