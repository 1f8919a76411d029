package io.github.camelvoice.call;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a command came to.
 *
 * @param call        the call after it
 * @param operationId id of the playing or recording, null for other commands
 * @param outcome     {@code completed}, {@code stopped} or {@code failed} of a playing or recording, else null
 * @param length      time played or recorded, else null
 * @param file        the recording, else null
 * @param transfer    what became of a transfer, else null
 */
public record CommandResult(CallSnapshot call, String operationId, String outcome, Duration length, Path file, TransferResult transfer) {

    public CommandResult(CallSnapshot call, String operationId, String outcome, Duration length, Path file) {
        this(call, operationId, outcome, length, file, null);
    }

    public static CommandResult of(CallSnapshot call) {
        return new CommandResult(call, null, null, null, null);
    }

    static CommandResult of(CallSnapshot call, TransferResult transfer) {
        return new CommandResult(call, transfer.transferId(), null, null, null, transfer);
    }
}
