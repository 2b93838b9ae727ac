export interface FileChoice {
  /** As the accept attribute of HTML's file input. */
  accept: string;
  multiple?: boolean;
}

/** Asks for files with the system's dialog. Empty when the person thought better of it. */
export function chooseFiles({ accept, multiple = false }: FileChoice): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    const answer = (): void => resolve([...(input.files ?? [])]);
    input.type = 'file';
    input.accept = accept;
    input.multiple = multiple;
    input.addEventListener('change', answer);
    input.addEventListener('cancel', answer);
    input.click();
  });
}

/** Hands a text over as a file. */
export function saveText(name: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** A file's bytes in base64. Rejects with a sentence when it cannot be read. */
export function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () =>
      reject(
        new Error(`“${file.name}” could not be read; nothing was changed. Check that it is there.`),
      );
    reader.readAsDataURL(file);
  });
}
