;;; asl.el --- Amazon States Language in Emacs 29 or later, with Eglot -*- lexical-binding: t -*-

;; Copy this to your init file.

(add-to-list 'auto-mode-alist '("\\.asl\\'" . js-json-mode))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((js-json-mode json-ts-mode yaml-mode yaml-ts-mode terraform-mode) . ("asl" "lsp"))))

(dolist (hook '(js-json-mode-hook json-ts-mode-hook yaml-mode-hook yaml-ts-mode-hook terraform-mode-hook))
  (add-hook hook #'eglot-ensure))
