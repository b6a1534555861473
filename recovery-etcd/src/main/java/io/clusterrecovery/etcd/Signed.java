package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What was done while the signer was there.
 *
 * @param result what the step gave
 * @param issued what the signer has issued meanwhile, to whomever, until its end; of requests of
 *     the same name the last
 * @param <R> what the step gives
 */
public record Signed<R>(R result, List<IssuedCertificate> issued) {

  /** Checks for null, copies the list. */
  public Signed {
    requireNonNull(result, "result");
    issued = List.copyOf(issued);
  }

  @Override
  public String toString() {
    return result + issued.stream().map(one -> "\n  issued: " + one).collect(Collectors.joining());
  }
}
