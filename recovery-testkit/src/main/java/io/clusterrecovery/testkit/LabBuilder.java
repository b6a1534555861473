package io.clusterrecovery.testkit;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Says what a lab shall consist of, and starts it.
 *
 * <p>By default there are no hosts, nothing is kept, and nobody listens. Not safe for use by
 * several threads.
 */
public final class LabBuilder {
  private List<String> hosts = List.of();
  private boolean keep;
  private Consumer<String> listener = line -> {};

  LabBuilder() {}

  /**
   * Names the hosts it starts with.
   *
   * @param names host names: lower-case letters, digits and hyphens
   * @return this builder
   */
  public LabBuilder hosts(String... names) {
    hosts = List.of(names);
    return this;
  }

  /**
   * Keeps the lab when it is closed and when the JVM ends; {@link Lab#stop(String)} takes it down.
   *
   * @param wanted whether to keep it; by default it is not kept
   * @return this builder
   */
  public LabBuilder keep(boolean wanted) {
    keep = wanted;
    return this;
  }

  /**
   * Hears what happens while the lab comes up, a line each.
   *
   * @param heard called by several threads
   * @return this builder
   */
  public LabBuilder listener(Consumer<String> heard) {
    listener = Objects.requireNonNull(heard, "heard");
    return this;
  }

  /**
   * Brings the lab up.
   *
   * @return the lab, every host of it taking SSH connections
   * @throws IllegalStateException if this JVM has no network namespace of its own, is not root, or a
   *     part is not installed; nothing was made then
   * @throws LabException if something did not come up in time; all that was made is removed
   */
  public Lab start() {
    LabFrame frame = LabFrame.create();
    LabHosts made = new LabHosts(frame);
    Parallel.all(hosts.stream().<Runnable>map(name -> () -> made.createBare(name)).toList());
    listener.accept("hosts are up");
    return new Lab(frame, made, keep);
  }
}
