/// The plan of fair queuing: which requests there are classes of, and what each class may have at once.
///
/// A [QueuingPlan] has levels, which have seats and queues of their own, and rules, of which the first that matches a request names
/// its level. [PlanReader] reads one from JSON. How requests are queued after a plan is the matter of [dev.pintle.etcd.queuing].
@NullMarked
package dev.pintle.etcd.plan;

import org.jspecify.annotations.NullMarked;
