package io.clusterrecovery;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What hosts are held against.
 *
 * @param room bytes needed, by the path they are needed at
 * @param needs tools that must be there
 * @param skew how far two clocks may be apart
 * @param certificatesFor how long certificates should still be good for
 */
record PreflightWants(
    Map<String, Long> room, List<String> needs, Duration skew, Duration certificatesFor) {

  PreflightWants {
    room = Collections.unmodifiableMap(new LinkedHashMap<>(room));
    needs = List.copyOf(needs);
  }
}
