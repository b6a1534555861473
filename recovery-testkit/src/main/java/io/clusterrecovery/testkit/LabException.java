package io.clusterrecovery.testkit;

/** Says that the lab could not be brought to the state that was asked for, and what was found. */
public sealed class LabException extends RuntimeException permits KubeApi.NoAnswer {
  private static final long serialVersionUID = 1L;

  LabException(String message) {
    super(message);
  }

  LabException(String message, Throwable cause) {
    super(message, cause);
  }
}
