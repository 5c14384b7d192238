/// Starting what is judged and those who judge: Pintle as a child process, the real etcd beside it, and any tool with a time
/// limit.
///
/// The real programs are built by `./pintle peers`. Where one is absent its test is aborted with a line that says so, and counted
/// as skipped: what was not judged is never mistaken for what holds.
@NullMarked
package dev.pintle.compat.harness;

import org.jspecify.annotations.NullMarked;
