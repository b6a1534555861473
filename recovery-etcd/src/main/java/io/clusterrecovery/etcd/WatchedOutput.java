package io.clusterrecovery.etcd;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is written to it, so that a transfer that stands still can be told. */
final class WatchedOutput extends FilterOutputStream {
  private final AtomicLong bytes = new AtomicLong();

  WatchedOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    bytes.incrementAndGet();
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    out.write(source, offset, length);
    bytes.addAndGet(length);
  }

  long bytes() {
    return bytes.get();
  }

  /**
   * Waits for the end of the transfer, as long as it goes on.
   *
   * @throws TimeoutException if nothing was written for that long
   */
  void await(Future<?> end, Duration stalled)
      throws TimeoutException, ExecutionException, InterruptedException {
    while (true) {
      long before = bytes();
      try {
        end.get(stalled.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        if (bytes() == before) {
          throw e;
        }
      }
    }
  }
}
